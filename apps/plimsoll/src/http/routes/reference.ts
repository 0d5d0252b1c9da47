import {
  constituents,
  constituentsQuery,
  exposure,
  exposureQuery,
  fundamental,
  fundamentalsQuery,
  id,
  indexMember,
  indexMembersQuery,
  instrumentName,
  newConstituents,
  newInstrumentName,
  resolution,
  resolveQuery,
} from '@plimsoll/contracts';
import { z } from 'zod';
import { type Area, items, listOf } from '../route-kit.ts';

const byId = z.object({ id });

/** What is known about instruments beside prices and actions. */
export const area: Area = (kit) => {
  kit.get(
    '/instruments/search',
    {
      summary: 'Find what a text means',
      description:
        'ISIN, FIGI, CUSIP, SEDOL, WKN, `SYMBOL@MIC`, `provider:SYMBOL`, a symbol or a name; in the workspace, then among public listings, then, with `online`, at the providers that are turned on.',
      query: resolveQuery,
      reply: resolution,
    },
    ({ engine, workspace, query: { online, ...query } }) =>
      online === 'true'
        ? engine.resolveOnline(workspace, query)
        : engine.resolveInstruments(workspace, query),
  );
  kit.get(
    '/instruments/:id/names',
    { summary: 'List what an instrument was called', params: byId, reply: listOf(instrumentName) },
    ({ engine, workspace, params }) => items(engine.instrumentNames(workspace, params.id)),
  );
  kit.write(
    'POST',
    '/instruments/:id/names',
    {
      summary: 'Say what an instrument was called',
      description: 'From a day until another. Another instrument’s claim to the symbol then ends.',
      params: byId,
      body: newInstrumentName,
      reply: listOf(instrumentName),
      status: 201,
    },
    async ({ engine, workspace, params, body, options }) => {
      const added = await engine.addInstrumentName(workspace, params.id, body, options);
      if (!added.ok) return added;
      const { value, replayed } = added.value;
      return { ok: true, value: { value: { items: value }, replayed } };
    },
  );
  kit.get(
    '/instruments/:id/constituents',
    {
      summary: 'Show what a fund holds',
      description: 'The newest list that is not after the day; today where none is given.',
      params: byId,
      query: constituentsQuery,
      reply: constituents,
    },
    ({ engine, workspace, params, query }) =>
      engine.constituents(workspace, params.id, query.on ?? null),
  );
  kit.write(
    'PUT',
    '/instruments/:id/constituents',
    {
      summary: 'Enter what a fund holds',
      params: byId,
      body: newConstituents,
      reply: constituents,
    },
    ({ engine, workspace, params, body, options }) =>
      engine.setConstituents(workspace, params.id, body, options),
  );
  figures(kit);
};

/** What is held within funds, what companies reported, and who is in indices. */
const figures: Area = (kit) => {
  kit.get(
    '/exposure',
    {
      summary: 'Show what a portfolio is exposed to',
      description:
        'By instrument, sector, country, currency or asset class; with `lookThrough` through the funds whose holdings are known. Rows add up to the value exactly, shares to 1.',
      query: exposureQuery,
      reply: exposure,
    },
    ({ engine, workspace, query: { lookThrough, ...query } }) =>
      engine.exposure(workspace, { ...query, lookThrough: lookThrough === 'true' }),
  );
  kit.get(
    '/fundamentals',
    {
      summary: 'List reported figures',
      description:
        'Of each metric and period the one published last; with `knownAt` only what had been published by the end of that day.',
      query: fundamentalsQuery,
      reply: listOf(fundamental),
    },
    ({ engine, workspace, query }) => items(engine.fundamentals(workspace, query)),
  );
  kit.get(
    '/indices',
    { summary: 'List indices whose members are known', reply: listOf(z.string()) },
    ({ engine, workspace }) => items(engine.indices(workspace)),
  );
  kit.get(
    '/indices/members',
    {
      summary: 'List who was in an index on a day',
      query: indexMembersQuery,
      reply: listOf(indexMember),
    },
    ({ engine, workspace, query }) =>
      items(engine.indexMembers(workspace, query.index, query.on ?? null)),
  );
};
