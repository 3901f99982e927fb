/**
 * Stands for the way of axios over `fetch`: the pane sends by XMLHttpRequest, which every client has,
 * and reads its one stream by the browser's own `fetch`.
 */
export const getFetch = () => false
