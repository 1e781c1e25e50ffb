/^      users: {/i\
      // ours
