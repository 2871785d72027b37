import { Button } from './button.tsx';
import { OneChoice } from './choices.tsx';
import { people } from '../words/when.ts';
import { Icon } from './icon.tsx';

/** The columns of an exported list, in the order of the file. */
const EXPORT_COLUMNS = [
  { value: 'name', label: 'Name', chosen: true },
  { value: 'title', label: 'Title', chosen: true },
  { value: 'agency', label: 'Agency', chosen: true },
  { value: 'status', label: 'Status', chosen: true },
  { value: 'session', label: 'Session', chosen: true },
  { value: 'email', label: 'Email', chosen: false },
  { value: 'answers', label: 'Answers', chosen: false },
  { value: 'joined', label: 'Time joined', chosen: false },
] as const;

export interface ExportProps {
  /** Answers a GET with the file: `columns` (repeated), and what is in `carry`. */
  readonly action: string;
  /** Status and session that the file is limited to. */
  readonly carry: readonly { readonly name: string; readonly value: string }[];
  readonly people: number;
  /** Which people they are, whoever else is in the list beside it: "Has a seat". */
  readonly status: string;
  /** The marking in the file's name and first line; empty where there is none. */
  readonly marking: string;
}

/** The list as a file, open on wide screens and one press away on phones. */
export const ExportPanel = ({ action, carry, people: count, status, marking }: ExportProps) => (
  <aside class="panel export" aria-label="Export">
    <details open>
      <summary>
        <Icon name="download" /> Export the list
      </summary>
      <form method="get" action={action}>
        <p class="quiet small">
          {people(count)} with the status “{status}”
        </p>
        {carry.map((field) => (
          <input type="hidden" name={field.name} value={field.value} />
        ))}
        <fieldset class="usa-fieldset">
          <legend class="usa-legend">Columns</legend>
          <div class="export-columns">
            {EXPORT_COLUMNS.map((column) => (
              <OneChoice
                kind="checkbox"
                name="columns"
                id={`column-${column.value}`}
                option={{ value: column.value, label: column.label }}
                checked={column.chosen}
              />
            ))}
          </div>
        </fieldset>
        <p class="quiet small">
          {marking ? `The file says “${marking}” in its name and first line. ` : ''}Accommodations never leave this
          page.
        </p>
        <Button look="outline" wide>
          <Icon name="download" /> Download CSV
        </Button>
      </form>
    </details>
  </aside>
);
