s/id: string/id: UserId/
