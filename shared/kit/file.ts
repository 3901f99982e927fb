/** A file that the host resolves to bytes when it sends: never content here. */
export type FileRef = { source: 'attachment' | 'picked' | 'pasted'; id: string; name: string; bytes: number }
