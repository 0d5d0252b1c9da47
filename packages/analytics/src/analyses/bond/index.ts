import { ok, refuse } from '@plimsoll/kernel';
import { cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import {
  type BondValue,
  bondAtPrice,
  bondAtYield,
  type Compounding,
  quantLibBasisPointValue,
} from '../../pricing/bond-yield.ts';
import { dayCounts } from '../../pricing/day-count.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const fabozzi = 'Frank Fabozzi, Bond Markets, Analysis, and Strategies, 8th ed., 2012';

export default defineAnalysis({
  id: 'bond',
  group: 'pricing',
  title: 'Bond',
  summary: 'Price, yield, accrued interest, durations and convexity of a bond of fixed coupons.',
  input: {
    settlement: { kind: 'day', title: 'Settlement' },
    maturity: { kind: 'day', title: 'Maturity' },
    coupon: { kind: 'number', min: 0, max: 10, unit: 'a year', title: 'Coupon' },
    yield: { kind: 'number', optional: true, unit: 'a year', title: 'Yield' },
    price: {
      kind: 'number',
      optional: true,
      title: 'Clean price',
      help: 'Without accrued interest; given instead of the yield.',
    },
    frequency: {
      kind: 'integer',
      min: 1,
      max: 12,
      default: 2,
      title: 'Coupons a year',
      help: '1, 2, 3, 4, 6 or 12.',
    },
    dayCount: {
      kind: 'choice',
      of: ['act/act-icma', ...dayCounts],
      default: 'act/act-icma',
      title: 'Day count',
    },
    issue: { kind: 'day', optional: true, title: 'When interest begins' },
    face: { kind: 'number', above: 0, default: 100, title: 'Face' },
    compounding: {
      kind: 'choice',
      of: ['coupon-frequency', 'annual', 'semi-annual', 'continuous', 'simple-then-compounded'],
      default: 'coupon-frequency',
      title: 'Compounding of the yield',
    },
    endOfMonth: {
      kind: 'choice',
      of: ['yes', 'no'],
      default: 'yes',
      title: 'Coupons at month ends where the maturity is one',
    },
    stub: {
      kind: 'choice',
      of: ['short', 'long'],
      default: 'short',
      title: 'A first period that is not whole',
    },
    coupons: {
      kind: 'choice',
      of: ['equal', 'by-days'],
      default: 'equal',
      title: 'What whole periods pay',
      help: 'The same each time, or by the days counted, as QuantLib has it.',
    },
  },
  compute(values) {
    const { settlement, price, compounding, endOfMonth, frequency, ...terms } = values;
    const { yield: rate, ...bondTerms } = terms;
    if ((rate === undefined) === (price === undefined)) {
      return refuse({
        code: 'bond.asked',
        detail: `Give either the yield or the clean price, ${rate === undefined ? 'one of them' : 'not both'}.`,
      });
    }
    const bond = { ...bondTerms, frequency, endOfMonth: endOfMonth === 'yes' };
    const ways: Readonly<Record<string, Compounding>> = {
      annual: 1,
      'semi-annual': 2,
      continuous: 'continuous',
      'simple-then-compounded': 'simple-then-compounded',
    };
    const way = ways[compounding] ?? frequency;
    const found =
      rate === undefined
        ? bondAtPrice(bond, settlement, price as number, way)
        : bondAtYield(bond, settlement, rate, way);
    if (!found.ok) return found;
    const value = found.value;
    return ok(
      termsReport({
        title: `Bond of ${Number((values.coupon * 100).toPrecision(9))} % due ${values.maturity}`,
        conventions: [
          `Days by ${values.dayCount}; dates are not moved for holidays; the yield compounds ${compounding}.`,
          'Prices are in the unit of the face.',
        ],
        figures: figuresOf(value),
        tables: [flowTable(value)],
        charts: [priceCurve(value.yield, (y) => bondAtYield(bond, settlement, y, way))],
      }),
    );
  },
});

function priceCurve(at: number, priced: (rate: number) => ReturnType<typeof bondAtYield>) {
  const x = Array.from({ length: 31 }, (_, i) => at + (i - 15) * 0.002);
  const clean = x.map((rate) => {
    const found = priced(rate);
    return found.ok ? found.value.clean : Number.NaN;
  });
  return {
    id: 'price-by-yield',
    title: 'Clean price by yield',
    kind: 'line' as const,
    x,
    lines: [{ name: 'Clean price', values: cells(clean) }],
    unit: 'money' as const,
  };
}

function figuresOf(value: BondValue): readonly Figure[] {
  const money = { unit: 'money', source: fabozzi } as const;
  const years = { unit: 'years', source: fabozzi } as const;
  return [
    figure('clean', 'Clean price', value.clean, { ...money, formula: 'dirty − accrued' }),
    figure('accrued', 'Accrued interest', value.accrued, {
      ...money,
      formula: 'coupon × time since the last coupon',
    }),
    figure('dirty', 'Price to pay', value.dirty, {
      ...money,
      formula: 'Σ CFᵢ (1 + y ÷ f)^(−f tᵢ)',
    }),
    figure('yield', 'Yield to maturity', value.yield, {
      unit: 'fraction',
      formula: 'y with price(y) = price',
      source: 'ICMA, Rule 803',
    }),
    figure('macaulay-duration', 'Macaulay duration', value.macaulayDuration, {
      ...years,
      formula: 'Σ tᵢ PVᵢ ÷ P',
    }),
    figure('modified-duration', 'Modified duration', value.modifiedDuration, {
      ...years,
      formula: '−P′ ÷ P',
    }),
    figure('convexity', 'Convexity', value.convexity, {
      formula: 'P″ ÷ P',
      source: fabozzi,
    }),
    figure('dv01', 'DV01', value.dv01, { ...money, formula: '−P′ × 0.0001' }),
    figure('basis-point-value', 'Change for a basis point more', value.basisPointValue, {
      ...money,
      formula: 'P(y + 0.0001) − P(y)',
    }),
    figure('basis-point-value-quantlib', 'The same by QuantLib', quantLibBasisPointValue(value), {
      unit: 'money',
      formula: '−D P × 1 bp + ½ (convexity ÷ 100) P × (1 bp)²',
      source: 'QuantLib 1.29, CashFlows::basisPointValue',
      note: 'A known error of that library: convexity is divided by 100 once too often.',
    }),
  ];
}

const flowTable = (value: BondValue): ReportTable => ({
  id: 'flows',
  title: 'Payments',
  columns: [
    { id: 'day', title: 'Day' },
    { id: 'coupon', title: 'Coupon', unit: 'money' },
    { id: 'principal', title: 'Principal', unit: 'money' },
    { id: 'years', title: 'Years', unit: 'years' },
  ],
  rows: value.flows.map(({ day, coupon, principal, years: at }) => [
    day,
    cell(coupon),
    cell(principal),
    cell(at),
  ]),
});
