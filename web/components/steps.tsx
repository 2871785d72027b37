import type { Child } from 'hono/jsx';

export interface Step {
  readonly title: string;
  readonly text: Child;
  readonly done?: boolean;
}

/** What happens next, in order, with dates. */
export const Steps = ({ steps }: { steps: readonly Step[] }) => (
  <ol class="steps">
    {steps.map((step, index) => (
      <li class={step.done ? 'step-done' : undefined}>
        <span class="step-mark" aria-hidden="true">
          {step.done ? '✓' : index + 1}
        </span>
        <h3>
          {step.title}
          {step.done ? <span class="usa-sr-only"> (done)</span> : null}
        </h3>
        <p>{step.text}</p>
      </li>
    ))}
  </ol>
);

export interface SideItem {
  readonly title: string;
  readonly text: Child;
  readonly link?: { readonly href: string; readonly words: string };
}

/** Things to do or know, beside the main column. */
export const SideItems = ({ items }: { items: readonly SideItem[] }) => (
  <div class="side-items">
    {items.map((item) => (
      <div>
        <h3>{item.title}</h3>
        <p>{item.text}</p>
        {item.link ? (
          <p>
            <a class="strong-link" href={item.link.href}>
              {item.link.words}
            </a>
          </p>
        ) : null}
      </div>
    ))}
  </div>
);
