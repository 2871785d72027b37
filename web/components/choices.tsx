import type { Child, PropsWithChildren } from 'hono/jsx';
import { idOf } from '../words/paths.ts';
import { errorAt, FieldProblem, type Errors } from './field.tsx';

export interface Choice {
  readonly value: string;
  readonly label: Child;
  /** Below the label, in a tile. */
  readonly note?: Child;
}

interface GroupProps {
  path: string;
  legend: Child;
  hint?: Child;
  optional?: boolean;
  errors: Errors;
  /** The legend is a heading of the page. */
  heading?: boolean;
}

/** A group of options. Hint and error sit in the legend: screen readers skip them elsewhere. */
export const Group = (props: PropsWithChildren<GroupProps>) => {
  const error = errorAt(props.errors, props.path);
  return (
    <div class={`group${error ? ' field-wrong' : ''}`}>
      <fieldset class="usa-fieldset">
        <legend class={props.heading ? 'legend-heading' : 'usa-legend'}>
          {props.heading ? <h2>{props.legend}</h2> : <span class="legend-words">{props.legend}</span>}
          {props.optional ? <span class="optional"> (optional)</span> : null}
          {props.hint ? <span class="usa-hint">{props.hint}</span> : null}
          {error ? <FieldProblem words={error} /> : null}
        </legend>
        {props.children}
      </fieldset>
    </div>
  );
};

interface ChoicesProps extends GroupProps {
  options: readonly Choice[];
  chosen: readonly string[];
  many?: boolean;
  /** Choices with consequences are tiles; short ones plain. */
  look?: 'tiles' | 'columns' | 'line';
}

/** Radios, or checkboxes where many may be chosen. The group's error links to the first one. */
export const Choices = (props: ChoicesProps) => (
  <Group {...props}>
    <div class={`choices choices-${props.look ?? 'line'}`}>
      {props.options.map((option, index) => (
        <OneChoice
          kind={props.many ? 'checkbox' : 'radio'}
          tile={props.look === 'tiles'}
          name={props.path}
          id={index === 0 ? idOf(props.path) : `${idOf(props.path)}-${index}`}
          option={option}
          checked={props.chosen.includes(option.value)}
        />
      ))}
    </div>
  </Group>
);

interface OneChoiceProps {
  kind: 'radio' | 'checkbox';
  name: string;
  id: string;
  option: Choice;
  checked: boolean;
  tile?: boolean;
}

export const OneChoice = ({ kind, name, id, option, checked, tile }: OneChoiceProps) => (
  <div class={`usa-${kind}${tile ? ' tile' : ''}`}>
    <input
      class={`usa-${kind}__input${tile ? ` usa-${kind}__input--tile` : ''}`}
      type={kind}
      id={id}
      name={name}
      value={option.value}
      checked={checked}
    />
    <label class={`usa-${kind}__label`} for={id}>
      {option.label}
      {option.note ? <span class="choice-note">{option.note}</span> : null}
    </label>
  </div>
);
