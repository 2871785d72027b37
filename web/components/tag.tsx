import type { PropsWithChildren } from 'hono/jsx';

/** A quiet square: the audience, or "Needs approval", and nothing else. */
export const Tag = ({ children }: PropsWithChildren) => <span class="tag">{children}</span>;

/** The state of an event in staff tables. */
export const StateTag = ({
  tone,
  children,
}: PropsWithChildren<{ tone: 'good' | 'soon' | 'later' | 'plain' | 'quiet' | 'bad' }>) => (
  <span class={`state-tag state-tag-${tone}`}>{children}</span>
);
