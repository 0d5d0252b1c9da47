import fc from 'fast-check';

/**
 * Property tests draw the same cases each time, so that a run says something about the change and
 * not about chance. PLIMSOLL_TEST_SEED draws others.
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['PLIMSOLL_TEST_SEED'] ?? 4680),
});
