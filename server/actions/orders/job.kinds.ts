/** Asks for the page of an order again, where the request could not. */
export const OPEN_CHECKOUT_JOB = 'order.open_checkout'
/** Asks what became of a page whose end nobody told of. */
export const RECONCILE_JOB = 'order.reconcile'
