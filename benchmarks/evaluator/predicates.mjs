/** The four predicates of the table: as a Mongo-style filter, and as what one would write by hand for these documents. */
const since = new Date(Date.UTC(2021, 0, 1))

export const predicates = {
  flat: {
    filter: { status: "active", age: { $gte: 18, $lt: 65 } },
    byHand: (d) => d.status === "active" && d.age >= 18 && d.age < 65,
  },
  "nested, $in": {
    filter: { "address.city": { $in: ["Paris", "Oslo", "Quito"] }, "address.geo.latitude": { $gt: -45 } },
    byHand: ({ address }) =>
      (address.city === "Paris" || address.city === "Oslo" || address.city === "Quito") &&
      address.geo.latitude > -45,
  },
  "$or, regex, $elemMatch": {
    filter: {
      $or: [{ name: { $regex: "^Ad" } }, { items: { $elemMatch: { sku: "sku-7", quantity: { $gte: 3 } } } }],
    },
    byHand: (d) =>
      /^Ad/.test(d.name) || d.items.some(({ sku, quantity }) => sku === "sku-7" && quantity >= 3),
  },
  "date, $exists, $ne": {
    filter: { createdAt: { $gte: since }, deletedAt: { $exists: false }, role: { $ne: "guest" } },
    byHand: (d) =>
      d.createdAt.getTime() >= since.getTime() && d.deletedAt === undefined && d.role !== "guest",
  },
}
