/^      users: {/i\
<<<<<<< HEAD
/^      status: "new"/i\
=======\
>>>>>>> theirs
