/** Where Google's emulator answers otherwise than Firestore itself: cases of the suite, and what it does instead. */
export const emulatorDifferences: Readonly<Record<string, string>> = {}
