/** The dates that Firestore can hold: https://firebase.google.com/docs/reference/js/firestore_.timestamp */
export const firstDate = new Date("0001-01-01T00:00:00.000Z")
export const lastDate = new Date("9999-12-31T23:59:59.999Z")

export function isStorableDate(date: Date): boolean {
  return date >= firstDate && date <= lastDate
}
