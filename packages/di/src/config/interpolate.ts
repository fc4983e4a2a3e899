/** What became of the `${VAR}`s of a text. */
interface Interpolation {
  readonly text: string
  /** Whether a variable was asked for. */
  readonly used: boolean
  readonly problems: readonly string[]
}

/** `$${` writes a literal `${`. */
const pattern = /\$\$\{|\$\{([^}]*)\}?/g
const reference = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

/** Fills `${VAR}` and `${VAR:-default}` (the default also for an empty variable, as in a shell). */
export function interpolate(text: string, env: Readonly<Record<string, string | undefined>>): Interpolation {
  const problems: string[] = []
  let used = false
  const filled = text.replace(pattern, (whole, inside: string | undefined) => {
    if (inside === undefined) return "${"
    const match = whole.endsWith("}") ? reference.exec(inside) : null
    if (match === null) {
      problems.push(`a variable is written \${NAME} or \${NAME:-default}, and a literal \${ as $\${`)
      return ""
    }
    used = true
    const [, name = "", fallback] = match
    const value = env[name]
    if (value !== undefined && (value !== "" || fallback === undefined)) return value
    if (fallback === undefined) {
      problems.push(
        `the variable ${name} is not set, and has no default: set it, or write \${${name}:-default}`,
      )
    }
    return fallback ?? ""
  })
  return { text: filled, used, problems }
}
