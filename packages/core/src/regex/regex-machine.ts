import { type CharacterClasses, characterClasses, type Neighbour } from "./character-classes.ts"
import type { CodePoints } from "./code-points.ts"
import { type RegexProgram, regexProgram } from "./regex-program.ts"
import type { RegexPlace, RegexTree } from "./regex-tree.ts"

/** Where a machine stands between two characters: the positions in the program from which it goes on. */
interface State {
  readonly positions: readonly number[]
  readonly before: Neighbour
  matchesAtEnd?: boolean
}

/** So many cells the table of transitions may have; then it is forgotten and made anew, which costs time and never memory. */
const maxCells = 2 ** 18

const unknown = -1
const matched = -2
const failed = -3

/**
 * A deterministic machine that is made while it runs (K. Thompson's construction, states on demand as in RE2): each character costs one look-up
 * once its states are known, and at worst one walk over the program.
 */
export class RegexMachine {
  readonly #program: RegexProgram
  readonly #classes: CharacterClasses
  /** By position, for each class whether the set there takes it. */
  readonly #members: readonly (Uint8Array | undefined)[]
  /** Whether a match may begin at every place: then the program is begun again at each. */
  readonly #anywhere: boolean
  readonly #asserts: boolean
  readonly #states: State[] = []
  readonly #rows = new Map<string, number>()
  /** A row for each state, a cell for each class of the next character. */
  #table: Int32Array
  /** It is made first, and again whenever the table is forgotten. */
  readonly #start = 0

  constructor(tree: RegexTree, anywhere: boolean) {
    this.#program = regexProgram(tree)
    const { instructions } = this.#program
    const sets = new Set<CodePoints>()
    for (const instruction of instructions) if (instruction.kind === "set") sets.add(instruction.set)
    this.#classes = characterClasses([...sets])
    const members = new Map([...sets].map((set) => [set, this.#classes.membersOf(set)]))
    this.#members = instructions.map((instruction) => {
      return instruction.kind === "set" ? members.get(instruction.set) : undefined
    })
    this.#anywhere = anywhere
    this.#asserts = instructions.some(({ kind }) => kind === "assert")
    this.#table = new Int32Array(this.#classes.count * 16).fill(unknown)
    this.#rowOf([this.#program.start], "edge")
  }

  test(text: string): boolean {
    const { ascii } = this.#classes
    const length = text.length
    let table = this.#table
    let row = this.#start
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      let characterClass: number
      if (unit < 128) characterClass = ascii[unit] as number
      else {
        const point = text.codePointAt(i) as number
        if (point > 0xffff) i++
        characterClass = this.#classes.classOf(point)
      }
      let next = table[row + characterClass] as number
      if (next === unknown) {
        next = this.#step(row, characterClass)
        table = this.#table
      }
      if (next < 0) return next === matched
      row = next
    }
    return this.#matchesAtEnd(row)
  }

  #matchesAtEnd(row: number): boolean {
    const state = this.#states[row / this.#classes.count] as State
    state.matchesAtEnd ??= this.#closure(state, "edge") === undefined
    return state.matchesAtEnd
  }

  #step(row: number, characterClass: number): number {
    const state = this.#states[row / this.#classes.count] as State
    const neighbour = this.#classes.neighbourOf(characterClass)
    const next = this.#goOn(this.#closure(state, neighbour), neighbour, characterClass)
    // Where the table was forgotten meanwhile, the row is another state's.
    if (this.#states[row / this.#classes.count] === state) this.#table[row + characterClass] = next
    return next
  }

  #goOn(positions: readonly number[] | undefined, before: Neighbour, characterClass: number): number {
    if (positions === undefined) return matched
    const nexts = new Set<number>(this.#anywhere ? [this.#program.start] : [])
    for (const position of positions) {
      const instruction = this.#program.instructions[position]
      if (instruction?.kind === "set" && this.#members[position]?.[characterClass] === 1)
        nexts.add(instruction.next)
    }
    if (nexts.size === 0) return failed
    return this.#rowOf(
      [...nexts].sort((a, b) => a - b),
      before,
    )
  }

  /** The row of a state in the table: its number times the number of classes. */
  #rowOf(positions: readonly number[], neighbour: Neighbour): number {
    const before = this.#asserts ? neighbour : "other"
    const key = `${before} ${positions.join(" ")}`
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const { count } = this.#classes
    if ((this.#states.length + 1) * count > Math.max(maxCells, 2 * count)) this.#forget()
    const row = (this.#states.push({ positions, before }) - 1) * count
    this.#rows.set(key, row)
    if (row + count > this.#table.length) this.#grow()
    return row
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2).fill(unknown)
    table.set(this.#table)
    this.#table = table
  }

  #forget(): void {
    this.#states.length = 0
    this.#rows.clear()
    this.#table.fill(unknown)
    this.#rowOf([this.#program.start], "edge")
  }

  /** The positions that are reached without a character, given the one that comes next; undefined where a match is among them. */
  #closure({ positions, before }: State, after: Neighbour): readonly number[] | undefined {
    const seen = new Set<number>()
    const open = [...positions]
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      if (seen.has(position)) continue
      seen.add(position)
      const instruction = this.#program.instructions[position]
      if (instruction?.kind === "match") return undefined
      if (instruction?.kind === "split") open.push(...instruction.nexts)
      if (instruction?.kind === "assert" && holds(instruction.place, before, after))
        open.push(instruction.next)
    }
    return [...seen]
  }
}

function holds(place: RegexPlace, before: Neighbour, after: Neighbour): boolean {
  switch (place) {
    case "textStart":
      return before === "edge"
    case "textEnd":
      return after === "edge"
    case "lineStart":
      return before === "edge" || before === "newline"
    case "lineEnd":
      return after === "edge" || after === "newline"
    case "wordEdge":
      return (before === "word") !== (after === "word")
    default:
      return (before === "word") === (after === "word")
  }
}
