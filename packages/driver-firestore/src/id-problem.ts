/** Why Firestore cannot have a document of this id: https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields */
export function idProblem(id: string): string | undefined {
  if (id === "") return "an id is not empty"
  if (id.includes("/")) return 'Firestore takes no "/" in an id'
  if (id === "." || id === "..") return 'Firestore takes neither "." nor ".." as an id'
  if (/^__.*__$/s.test(id)) return "Firestore keeps ids of the form __…__ for itself"
  return Buffer.byteLength(id) > 1500 ? "Firestore's ids have at most 1,500 bytes" : undefined
}
