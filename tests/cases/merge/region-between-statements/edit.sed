/^type DatabaseWithoutInternals/i\
// <custom mid>\
export type Mid = 1\
// </custom>\

