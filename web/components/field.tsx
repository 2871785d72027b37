import type { Child, PropsWithChildren } from 'hono/jsx';
import type { FieldError } from '../../functions/domain/result.ts';
import { idOf } from '../words/paths.ts';
import { Icon } from './icon.tsx';

export type Errors = readonly FieldError[];
export const errorAt = (errors: Errors, path: string): string | undefined =>
  errors.find((error) => error.path === path)?.message;

interface FieldProps {
  /** The field's name in the form, and its place in field errors. */
  path: string;
  label: Child;
  hint?: Child;
  errors: Errors;
  optional?: boolean;
}

interface TextFieldProps extends FieldProps {
  value: string;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'date' | 'time' | 'number';
  autocomplete?: string;
  inputmode?: 'numeric' | 'email' | 'url';
  maxlength?: number;
  width?: 'short' | 'medium';
  list?: string;
}

const describedBy = (props: FieldProps): string | undefined =>
  [props.hint ? `${idOf(props.path)}-hint` : '', errorAt(props.errors, props.path) ? `${idOf(props.path)}-error` : '']
    .filter(Boolean)
    .join(' ') || undefined;

/** Label, hint, error, field: in that order. */
const Field = (props: PropsWithChildren<FieldProps>) => {
  const error = errorAt(props.errors, props.path);
  const id = idOf(props.path);
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      <label class="usa-label" for={id}>
        {props.label}
        {props.optional ? <span class="optional"> (optional)</span> : null}
      </label>
      {props.hint ? (
        <div class="usa-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      ) : null}
      {error ? <FieldProblem id={`${id}-error`} words={error} /> : null}
      {props.children}
    </div>
  );
};

export const FieldProblem = ({ id, words }: { id?: string; words: string }) => (
  <span class="usa-error-message" id={id}>
    <Icon name="error" size={16} /> <span class="usa-sr-only">Error: </span>
    {words}
  </span>
);

export const TextField = (props: TextFieldProps) => (
  <Field {...props}>
    <input
      class={`usa-input${props.width ? ` input-${props.width}` : ''}`}
      id={idOf(props.path)}
      name={props.path}
      type={props.type ?? 'text'}
      value={props.value}
      autocomplete={props.autocomplete ?? 'off'}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      list={props.list}
      aria-describedby={describedBy(props)}
      aria-invalid={errorAt(props.errors, props.path) ? 'true' : undefined}
    />
  </Field>
);

export const TextArea = (props: FieldProps & { value: string; rows?: number; maxlength?: number }) => (
  <Field {...props}>
    <textarea
      class="usa-textarea"
      id={idOf(props.path)}
      name={props.path}
      rows={props.rows ?? 3}
      maxlength={props.maxlength}
      autocomplete="off"
      aria-describedby={describedBy(props)}
      aria-invalid={errorAt(props.errors, props.path) ? 'true' : undefined}
    >
      {props.value}
    </textarea>
  </Field>
);

export interface Option {
  readonly value: string;
  readonly label: string;
}

export const SelectField = (props: FieldProps & { value: string; options: readonly Option[] }) => (
  <Field {...props}>
    <select
      class="usa-select"
      id={idOf(props.path)}
      name={props.path}
      autocomplete="off"
      aria-describedby={describedBy(props)}
      aria-invalid={errorAt(props.errors, props.path) ? 'true' : undefined}
    >
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
);
