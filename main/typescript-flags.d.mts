export const TYPESCRIPT_FLAGS: string[];
