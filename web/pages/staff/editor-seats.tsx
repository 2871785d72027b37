import { Button } from '../../components/button.tsx';
import { counted, grouped, people } from '../../words/when.ts';
import { seatsTyped, type EditorValues } from './editor-values.ts';

/** What another number of seats does to one pool. */
export interface SeatsChange {
  /** "10:00 AM session"; empty where the event is one pool. */
  readonly label: string;
  /** Null: no limit. */
  readonly capacity: number | null;
  readonly taken: number;
  readonly waiting: number;
  /** How many of those who wait have a seat as soon as it is saved. */
  readonly confirms: number;
}

/** What saving will do, before it does; the seats that this was said of are sent back as they are. */
export const EditorSeats = ({ changes, values }: { changes: readonly SeatsChange[]; values: EditorValues }) => (
  <section class="panel seats-change" aria-labelledby="seats-change" tabindex={-1} autofocus>
    <h2 id="seats-change">Not saved yet: what {seatsWords(values)} will do</h2>
    <ul>
      {changes.map((change) => (
        <li>
          {change.label ? `${change.label}, ${numberOf(change)}: ` : ''}
          {wordsOf(change)}
        </li>
      ))}
    </ul>
    <input type="hidden" name="seatsTold" value={seatsTyped(values)} />
    <div class="button-row">
      <Button name="do" value="save" look="outline">
        Save with {seatsWords(values)}
      </Button>
    </div>
  </section>
);

const numberOf = ({ capacity }: SeatsChange): string => (capacity === null ? 'no limit' : counted(capacity, 'seat'));

function seatsWords({ capacity, sessions }: EditorValues): string {
  if (sessions.some((session) => session.capacity !== '')) return 'these seats';
  return capacity === '' ? 'no limit' : counted(Number(capacity), 'seat');
}

function wordsOf({ capacity, taken, waiting, confirms }: SeatsChange): string {
  const over =
    capacity !== null && taken > capacity
      ? [
          `${grouped(taken)} hold a seat, ${grouped(capacity)} is below that: nobody is thrown out, nobody moves up until it fits`,
        ]
      : [];
  const wait = waiting === 1 ? '1 person waits' : `${people(waiting)} wait`;
  const moves = confirms === 0 ? 'nobody is confirmed now' : `${grouped(confirms)} will be confirmed now`;
  return `${[...over, ...(waiting > 0 ? [`${wait}; ${moves}`] : [])].join('. ')}.`;
}
