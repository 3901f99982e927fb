/** What is stored of a file is read once and as a whole: to take it apart before it is stored cost a third of storing it. */
export const IMPORT_TEXT_SQL = `
alter table user_import_rows alter column cells type json, alter column planned type json;
-- A file is kept for as long as its import takes; to squeeze it takes longer than to write it.
alter table user_import_sources alter column bytes set storage external;
`
