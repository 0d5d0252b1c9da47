/** One of the eleven sectors that equities are classified by, as GICS numbers and names them. */
export interface Sector {
  readonly code: string;
  readonly name: string;
}

interface SectorWords extends Sector {
  /** What Yahoo, Morningstar, fund houses and older files call it, in small letters. */
  readonly synonyms: readonly string[];
  /** Industry groups by code. */
  readonly groups: Readonly<Record<string, string>>;
}

const known: readonly SectorWords[] = [
  {
    code: '10',
    name: 'Energy',
    synonyms: ['oil & gas', 'energie'],
    groups: { '1010': 'Energy' },
  },
  {
    code: '15',
    name: 'Materials',
    synonyms: ['basic materials', 'raw materials', 'grundstoffe', 'roh- & betriebsstoffe'],
    groups: { '1510': 'Materials' },
  },
  {
    code: '20',
    name: 'Industrials',
    synonyms: ['industrial', 'industrial goods', 'industrial goods & services', 'industrie'],
    groups: {
      '2010': 'Capital Goods',
      '2020': 'Commercial & Professional Services',
      '2030': 'Transportation',
    },
  },
  {
    code: '25',
    name: 'Consumer Discretionary',
    synonyms: [
      'consumer cyclical',
      'consumer cyclicals',
      'cyclical consumer goods',
      'consumer, cyclical',
      'nicht-basiskonsumgüter',
      'zyklische konsumgüter',
    ],
    groups: {
      '2510': 'Automobiles & Components',
      '2520': 'Consumer Durables & Apparel',
      '2530': 'Consumer Services',
      '2550': 'Consumer Discretionary Distribution & Retail',
    },
  },
  {
    code: '30',
    name: 'Consumer Staples',
    synonyms: [
      'consumer defensive',
      'consumer non-cyclicals',
      'consumer, non-cyclical',
      'non-cyclical consumer goods',
      'basiskonsumgüter',
    ],
    groups: {
      '3010': 'Consumer Staples Distribution & Retail',
      '3020': 'Food, Beverage & Tobacco',
      '3030': 'Household & Personal Products',
    },
  },
  {
    code: '35',
    name: 'Health Care',
    synonyms: ['healthcare', 'health', 'gesundheitswesen', 'santé'],
    groups: {
      '3510': 'Health Care Equipment & Services',
      '3520': 'Pharmaceuticals, Biotechnology & Life Sciences',
    },
  },
  {
    code: '40',
    name: 'Financials',
    synonyms: ['financial services', 'financial', 'finance', 'finanzwesen', 'finanzdienstleister'],
    groups: { '4010': 'Banks', '4020': 'Financial Services', '4030': 'Insurance' },
  },
  {
    code: '45',
    name: 'Information Technology',
    synonyms: [
      'technology',
      'it',
      'tech',
      'informationstechnologie',
      'it (informationstechnologie)',
    ],
    groups: {
      '4510': 'Software & Services',
      '4520': 'Technology Hardware & Equipment',
      '4530': 'Semiconductors & Semiconductor Equipment',
    },
  },
  {
    code: '50',
    name: 'Communication Services',
    synonyms: [
      'communication',
      'communications',
      'telecommunication services',
      'telecommunications',
      'telecom',
      'kommunikation',
      'kommunikationsdienste',
    ],
    groups: { '5010': 'Telecommunication Services', '5020': 'Media & Entertainment' },
  },
  {
    code: '55',
    name: 'Utilities',
    synonyms: ['utility', 'versorger', 'versorgungsbetriebe'],
    groups: { '5510': 'Utilities' },
  },
  {
    code: '60',
    name: 'Real Estate',
    synonyms: ['realestate', 'property', 'immobilien'],
    groups: { '6010': 'Equity REITs', '6020': 'Real Estate Management & Development' },
  },
];

/** `Health  Care`, `HEALTH-CARE` and `health and care` are compared as one writing. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/\band\b|\bund\b/g, '&')
    .replaceAll(/[\s_]+/g, ' ')
    .trim();

const byName = new Map(
  known.flatMap((sector) =>
    [sector.name, ...sector.synonyms].map((name) => [plain(name), sector] as const),
  ),
);
const byCode = new Map(known.map((sector) => [sector.code, sector]));
const groupsByName = new Map(
  known.flatMap(({ groups }) =>
    Object.entries(groups).map(([code, name]) => [plain(name), { code, name }] as const),
  ),
);

/** The eleven sectors, by code. */
export const sectors: readonly Sector[] = known.map(({ code, name }) => ({ code, name }));

/** The sector that a name or a code of 2 to 8 digits means; undefined where it is none of the eleven. */
export function sectorOf(text: string): Sector | undefined {
  const isCode = /^\d{2}(?:\d{2}){0,3}$/.test(text.trim());
  const found = isCode ? byCode.get(text.trim().slice(0, 2)) : byName.get(plain(text));
  return found && { code: found.code, name: found.name };
}

/** The industry group that a name or a code of 4 to 8 digits means. */
export function industryGroupOf(text: string): Sector | undefined {
  const code = text.trim();
  if (/^\d{4}(?:\d{2}){0,2}$/.test(code)) {
    const group = byCode.get(code.slice(0, 2))?.groups[code.slice(0, 4)];
    return group === undefined ? undefined : { code: code.slice(0, 4), name: group };
  }
  return groupsByName.get(plain(text));
}
