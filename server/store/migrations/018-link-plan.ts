/** A link leads to the license that its person has when it is used: a plan of its own could only be another one. */
export const LINK_PLAN_SQL = 'alter table activation_links drop column plan;'
