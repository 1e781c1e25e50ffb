s/"new" | "paid"/"new" | "paid" | "lost"/
