import { type CharacterClasses, characterClasses, type Neighbour } from "./character-classes.ts"
import type { CodePoints } from "./code-points.ts"
import { type RegexProgram, regexProgram } from "./regex-program.ts"
import type { RegexPlace, RegexTree } from "./regex-tree.ts"

/** Where a machine stands between two characters: the positions in the program from which it goes on. */
interface State {
  readonly positions: readonly number[]
  readonly before: Neighbour
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
  readonly #ascii: Uint16Array
  readonly #width: number
  /** By position, for each class whether the set there takes it. */
  readonly #members: readonly (Uint8Array | undefined)[]
  /** Whether a match may begin at every place: then the program is begun again at each. */
  readonly #anywhere: boolean
  /** What comes before the place where a text is begun. */
  readonly #before: Neighbour
  readonly #asserts: boolean
  readonly #states: State[] = []
  readonly #rows = new Map<string, number>()
  /** A row for each state, a cell for each class of the next character and one for the end of the text. */
  #table: Int32Array

  /** @param prefix where it is given, a match begins right behind this text and nowhere else */
  constructor(tree: RegexTree, prefix?: string) {
    this.#program = regexProgram(tree)
    const { instructions } = this.#program
    const sets = new Set<CodePoints>()
    for (const instruction of instructions) if (instruction.kind === "set") sets.add(instruction.set)
    this.#classes = characterClasses([...sets])
    const members = new Map([...sets].map((set) => [set, this.#classes.membersOf(set)]))
    this.#members = instructions.map((instruction) => {
      return instruction.kind === "set" ? members.get(instruction.set) : undefined
    })
    this.#anywhere = prefix === undefined
    this.#before = this.#neighbourBehind(prefix ?? "")
    this.#asserts = instructions.some(({ kind }) => kind === "assert")
    this.#ascii = this.#classes.ascii
    this.#width = this.#classes.count + 1
    this.#table = new Int32Array(this.#width * 16).fill(unknown)
    this.#begin()
  }

  test(text: string, from: number): boolean {
    const ascii = this.#ascii
    const length = text.length
    let table = this.#table
    let row = 0
    for (let i = from; i < length; i++) {
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
    const last = table[row + this.#width - 1] as number
    return (last === unknown ? this.#step(row, this.#width - 1) : last) === matched
  }

  /** Fills a cell of the table. The last column is the end of the text. */
  #step(row: number, column: number): number {
    const state = this.#states[row / this.#width] as State
    const atEnd = column === this.#width - 1
    const neighbour = atEnd ? "edge" : this.#classes.neighbourOf(column)
    const positions = this.#closure(state, neighbour)
    const next = positions === undefined ? matched : atEnd ? failed : this.#goOn(positions, neighbour, column)
    // Where the table was forgotten meanwhile, the row is another state's.
    if (this.#states[row / this.#width] === state) this.#table[row + column] = next
    return next
  }

  #goOn(positions: readonly number[], before: Neighbour, characterClass: number): number {
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

  /** The row of a state in the table: its number times the table's width. */
  #rowOf(positions: readonly number[], neighbour: Neighbour): number {
    const before = this.#asserts ? neighbour : "other"
    const key = `${before} ${positions.join(" ")}`
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    if ((this.#states.length + 1) * this.#width > Math.max(maxCells, 2 * this.#width)) this.#forget()
    const row = (this.#states.push({ positions, before }) - 1) * this.#width
    this.#rows.set(key, row)
    if (row + this.#width > this.#table.length) this.#grow()
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
    this.#begin()
  }

  /** The start has the first row, always. */
  #begin(): void {
    this.#rowOf([this.#program.start], this.#before)
  }

  #neighbourBehind(prefix: string): Neighbour {
    const last = Array.from(prefix).at(-1)?.codePointAt(0)
    return last === undefined ? "edge" : this.#classes.neighbourOf(this.#classes.classOf(last))
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
