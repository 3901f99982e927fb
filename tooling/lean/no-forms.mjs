/**
 * Stands for what axios does with HTML forms, query parameters given as objects and names of
 * statuses: the pane sends text or bytes to addresses that are whole already. With the first request
 * that needs one of these this file goes.
 */
export default function withoutForms() {
  throw new Error('the pane was built without this part of axios')
}
