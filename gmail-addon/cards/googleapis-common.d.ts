// `@googleapis/chat` names the types of its HTTP client, and those would bring all of Node's globals
// into this project. The compiler finds this instead, so `process` or `fetch` don't compile here.
export {}
