const planner = "not this server: reads are not planned yet"

/** Where Google's emulator answers otherwise than Firestore itself: cases of the suite, and what it does instead. */
export const emulatorDifferences: Readonly<Record<string, string>> = {
  "ttl: afterSeconds counts from the date; hide: false leaves expired documents to be seen": planner,
  "indexes: explain: key by _id, index by a declared index, scan with the index that would mend it": planner,
  "indexes: provision: check reports what is missing and makes nothing, never does neither": planner,
}
