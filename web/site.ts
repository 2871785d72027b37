/** What differs between one deployment and another; the owner confirms each before launch. */
export interface Site {
  /** Shown in the identifier. */
  readonly domain: string;
  /** The desk's own mailbox. */
  readonly email: string;
  readonly tipLine: string;
  /** Working days within which the desk answers mail. */
  readonly answersWithin: number;
  readonly materials: readonly { readonly label: string; readonly href: string }[];
}

/** The invented site of the local runtime, the seed and the tests. */
export const EXAMPLE_SITE: Site = {
  domain: 'training-desk.example.gov',
  email: 'training-desk@ccht.example.org',
  tipLine: '866-347-2423',
  answersWithin: 2,
  materials: [
    {
      label: 'Center for Countering Human Trafficking',
      href: 'https://www.dhs.gov/dhs-center-countering-human-trafficking',
    },
    { label: 'Blue Campaign', href: 'https://www.dhs.gov/blue-campaign' },
  ],
};
