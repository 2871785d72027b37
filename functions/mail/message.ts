/**
 * A message before it is text or HTML. Both are made from this, in the same order, so they say the same.
 */
export interface Message {
  readonly subject: string;
  readonly heading: string;
  readonly intro: readonly string[];
  /** Large and alone: a sign-in code. */
  readonly code?: string;
  readonly ticket?: Ticket;
  readonly sections: readonly Section[];
  readonly footer: readonly Paragraph[];
}

/** What a kind of message says, without the footer that all have. */
export type Words = Omit<Message, 'footer'>;

/** Words, then perhaps a link that ends them. */
export interface Paragraph {
  readonly words: string;
  readonly link?: Link;
}

export interface Link {
  readonly words: string;
  readonly url: string;
}

export interface Section {
  /** Empty where what comes before says enough. */
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
}

/** The same card as on the pages: a date block, what and when, and one action. */
export interface Ticket {
  readonly block: DateBlock;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly action?: Action;
}

/** Only drawn: the whole date is in words beside it. */
export interface DateBlock {
  /** Navy; pale where nothing is certain; gray where it is over. */
  readonly tone: 'sure' | 'open' | 'over';
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
}

export interface Row {
  readonly label: string;
  readonly value: string;
  /** In quiet text behind the value. */
  readonly quiet?: string;
  readonly strong?: boolean;
  /** Struck through; the label says so too. */
  readonly gone?: boolean;
}

export interface Action extends Link {
  readonly note: string;
  /** Before the address in full, for people who cannot press the button. */
  readonly plain: string;
}
