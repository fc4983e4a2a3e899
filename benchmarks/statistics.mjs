export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * The median and its 95 % interval from the order of the samples alone (the ranks n/2 ± 0.98 √n), which asks nothing of their distribution.
 */
export function medianInterval(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const reach = 0.98 * Math.sqrt(n)
  const low = Math.max(0, Math.floor(n / 2 - reach))
  const high = Math.min(n - 1, Math.ceil(n / 2 + reach) - 1)
  return { median: median(sorted), low: sorted[low], high: sorted[high] }
}
