/^      users: {/a\
// <custom mid>\
// </custom>
