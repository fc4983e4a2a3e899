/** Documents as applications have them: 13 fields, one nested object, five sub-documents, about 0.6 kB as JSON. The same number gives the same document. */
const cities = ["Paris", "Rome", "Oslo", "Lima", "Cairo", "Delhi", "Quito", "Accra"]
const names = ["Ada", "Bob", "Cleo", "Dina", "Emil", "Fay", "Gus", "Hana"]
const roles = ["guest", "member", "admin"]
const day = 86_400_000

export function makeDocument(i) {
  return {
    name: `${names[i % names.length]} ${i}`,
    email: `user${i}@example.com`,
    status: i % 3 === 0 ? "gone" : "active",
    role: roles[i % roles.length],
    age: 16 + (i % 60),
    score: (i % 1000) / 2,
    active: i % 2 === 0,
    visits: i % 50,
    group: i % 5,
    createdAt: new Date(Date.UTC(2020, 0, 1) + (i % 1500) * day),
    ...(i % 7 === 0 ? { deletedAt: new Date(Date.UTC(2025, 0, 1)) } : {}),
    tags: [`t${i % 9}`, `t${i % 4}`],
    address: {
      street: `${i} Main Street`,
      city: cities[i % cities.length],
      geo: { latitude: (i % 180) - 90.5, longitude: (i % 360) - 180.5 },
    },
    items: Array.from({ length: 5 }, (_, j) => ({
      sku: `sku-${(i + j) % 40}`,
      quantity: (i * j) % 12,
      price: 9.5 + j,
    })),
  }
}

export function makeDocuments(count, from = 0) {
  return Array.from({ length: count }, (_, i) => makeDocument(from + i))
}
