/** Which names are shown, and in which order? */

import type { NameReport } from '../../protocol';
import type { ICellEntry } from '../../tokens/models';

export type NameOrder = 'cell' | 'name' | 'type' | 'urgency';

export interface INameChoice {
  /** The code cells by id. */
  entries: ReadonlyMap<string, ICellEntry>;
  /** A part of the name or of its type, in any case. */
  filter: string;
  isProblemsOnly: boolean;
  order: NameOrder;
}

/** Ghosts first, because no cell shows them. */
const URGENCY: readonly NameReport['status'][] = [
  'ghost',
  'clobbered',
  'missing',
  'not_installed',
  'stale',
  'unknown',
  'live'
];

/** The rank of waiting names: just above the live ones. */
const WAITING = URGENCY.indexOf('live') - 0.5;

/** The names that match the filters; names of equal rank in alphabetical order. */
export function orderedNames(names: Iterable<NameReport>, choice: INameChoice): NameReport[] {
  const wanted = choice.filter.trim().toLowerCase();
  return [...names]
    .filter(name => !(choice.isProblemsOnly && (name.status === 'live' || name.waiting)))
    .filter(({ held, name }) => `${name} ${held?.type ?? ''}`.toLowerCase().includes(wanted))
    .map(name => ({ name, key: keyOf(name, choice) }))
    .sort((one, other) => compare(one.key, other.key) || compare(one.name.name, other.name.name))
    .map(({ name }) => name);
}

function keyOf(name: NameReport, { entries, order }: INameChoice): number | string {
  switch (order) {
    case 'cell': {
      const [first] = name.providers;
      return (first !== undefined && entries.get(first)?.number) || Infinity;
    }
    case 'name':
      return name.name.toLowerCase();
    case 'type':
      return name.held?.type.toLowerCase() ?? '\uffff';
    case 'urgency':
      return name.waiting ? WAITING : URGENCY.indexOf(name.status);
    default:
      return unknownOrder(order);
  }
}

function compare(one: number | string, other: number | string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function unknownOrder(order: never): never {
  throw new Error(`Unknown order ${JSON.stringify(order)}`);
}
