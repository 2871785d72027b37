/** Somebody invented, with an invented agency on a reserved domain. */
export interface DemoPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly title: string;
  readonly agency: string;
  readonly host: string;
}

const AGENCIES: readonly { readonly agency: string; readonly host: string; readonly titles: readonly string[] }[] = [
  {
    agency: 'Harlow County Sheriff’s Office',
    host: 'harlowsheriff.example.org',
    titles: ['Detective', 'Deputy', 'Sergeant'],
  },
  { agency: 'Fenwick County Sheriff’s Office', host: 'fenwicksheriff.example.org', titles: ['Investigator', 'Deputy'] },
  { agency: 'Stonebrook Police Department', host: 'stonebrook-pd.example.org', titles: ['Detective', 'Sergeant'] },
  { agency: 'Cedar Lake Tribal Police', host: 'cedarlake.example.org', titles: ['Tribal investigator'] },
  { agency: 'North Valley task force', host: 'northvalley.example.org', titles: ['Task force lead', 'Analyst'] },
];
const GIVEN = [
  'Noelle',
  'Sam',
  'Jun',
  'Owen',
  'Ines',
  'Felix',
  'Priya',
  'Luis',
  'Marisol',
  'Wren',
  'Caleb',
  'Dita',
  'Pavel',
  'Lena',
  'Dale',
  'Rosa',
];
const FAMILY = [
  'Adair',
  'Arkwright',
  'Bellweather',
  'Brightwater',
  'Castonguay',
  'Dunmore',
  'Eastlake',
  'Ferrand',
  'Grant',
  'Hollis',
  'Ives',
  'Juarez-Holm',
  'Ridley',
  'Okoro',
  'Whitcombe',
  'Calloway',
];

/** The hosts of agencies that the demonstration knows; the others of its people are checked by a person. */
export const KNOWN_HOSTS = AGENCIES.slice(0, 2);

const pick = <T>(from: readonly T[], index: number): T => {
  const found = from[index % from.length];
  if (found === undefined) throw new Error('Nothing to pick from');
  return found;
};

/** People of agencies that are known, each with another name. */
export const knownPeople = (count: number): DemoPerson[] => people(count, KNOWN_HOSTS);
/** People whose hosts nobody has decided on yet. */
export const unknownPeople = (count: number): DemoPerson[] => people(count, AGENCIES.slice(2));

const people = (count: number, agencies: typeof AGENCIES): DemoPerson[] =>
  Array.from({ length: count }, (_, index) => {
    const agency = pick(agencies, index);
    return {
      givenName: pick(GIVEN, index),
      familyName: pick(FAMILY, index + Math.floor(index / GIVEN.length)),
      title: pick(agency.titles, index),
      agency: agency.agency,
      host: agency.host,
    };
  });

export const emailOf = ({ givenName, familyName, host }: DemoPerson): string =>
  `${givenName}.${familyName}@${host}`.toLowerCase();
