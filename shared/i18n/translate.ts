export type Translate = { (key: string, params?: Record<string, string | number>): string }
