import { idOf } from '../words/paths.ts';
import type { Errors } from './field.tsx';

/** What to fix, on top of the page and in focus; each line goes to its field, in the same words. */
export const ErrorSummary = ({ errors, to, rest }: { errors: Errors; to: string; rest?: string }) =>
  errors.length === 0 ? null : (
    <div class="error-summary" role="alert" tabindex={-1} autofocus id="errors">
      <h2>
        Fix {errors.length === 1 ? '1 answer' : `${errors.length} answers`} to {to}
      </h2>
      <p>{rest ?? 'Your other answers are still here.'}</p>
      <ul>
        {errors.map((error) => (
          <li>
            <a href={error.path === '' ? '#main' : `#${idOf(error.path)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
