/** Stands in for the `electron` package in unit tests: importing the real one starts a download. Nothing below main/app uses it. */
export {};
