const { existsSync, readdirSync, readFileSync } = require('node:fs');

/** The architecture, in one table: what each workspace may import of ours. Nothing else is allowed. */
const mayImport = {
  'packages/kernel': [],
  'packages/quant': [],
  'packages/domain': ['kernel'],
  'packages/analytics': ['kernel', 'quant', 'domain'],
  'packages/ports': ['kernel', 'quant', 'domain'],
  'packages/engine': ['kernel', 'quant', 'domain', 'analytics', 'ports'],
  'packages/adapters': ['kernel', 'quant', 'domain', 'ports'],
  'packages/contracts': ['kernel', 'domain'],
  'packages/client': ['kernel', 'contracts'],
  'packages/testkit': ['kernel', 'domain', 'ports'],
  'apps/web': ['contracts', 'client'],
  'apps/plimsoll': [
    'kernel',
    'quant',
    'domain',
    'analytics',
    'ports',
    'engine',
    'adapters',
    'contracts',
    'client',
  ],
};
const pure = ['kernel', 'quant', 'domain', 'analytics'];
const tests = '\\.(?:test|bench)\\.tsx?$|/testing/';
const testOnly = [tests, '^packages/(?:testkit|ports/src/conformance)/', '^(?:golden|bench|tools)/'];
const any = (names) => `(?:${names.join('|')})`;

for (const parent of ['packages', 'apps'].filter((folder) => existsSync(folder))) {
  for (const folder of readdirSync(parent)) {
    const workspace = `${parent}/${folder}`;
    if (existsSync(`${workspace}/package.json`) && !(workspace in mayImport)) {
      throw new Error(`${workspace} has no row in mayImport of .dependency-cruiser.cjs`);
    }
  }
}

/** Every file that a package's export map opens to others. */
const frontDoors = readdirSync('packages').flatMap((folder) => {
  const manifest = `packages/${folder}/package.json`;
  if (!existsSync(manifest)) return [];
  const { exports: doors = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.values(doors).map(
    (door) => `^packages/${folder}/${String(door).replace('./', '').replaceAll('.', '\\.')}$`,
  );
});

const layers = Object.entries(mayImport).map(([workspace, allowed]) => ({
  name: `layer-${workspace.replace('/', '-')}`,
  comment: `${workspace} may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^${workspace}/`, pathNot: tests },
  to: {
    path: '^(?:packages|apps)/',
    pathNot: [`^${workspace}/`, ...(allowed.length > 0 ? [`^packages/${any(allowed)}/`] : [])],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'pure-packages-touch-nothing',
      comment: 'No Node built-ins, no npm packages: time, chance and I/O arrive as arguments.',
      severity: 'error',
      from: { path: `^packages/${any(pure)}/`, pathNot: tests },
      to: {
        dependencyTypes: [
          'core',
          'npm',
          'npm-dev',
          'npm-optional',
          'npm-peer',
          'npm-bundled',
          'npm-no-pkg',
          'npm-unknown',
        ],
        pathNot: '^packages/',
      },
    },
    {
      name: 'front-door-only',
      comment:
        'Another package is entered by its index or a declared subpath, never by a file inside.',
      severity: 'error',
      from: { path: '^(packages|apps|golden|bench|examples|tools)/([^/]+)' },
      to: {
        path: '^packages/[^/]+/',
        // A bench sets the ways beside each other in which a kernel can be written.
        pathNot: ['^$1/$2/', ...frontDoors, '^packages/quant/'],
      },
    },
    {
      name: 'kernels-by-their-doors',
      comment: 'Only benches may look at the kernels behind a door of quant.',
      severity: 'error',
      from: { path: '^(packages|apps|golden|examples|tools)/([^/]+)' },
      to: {
        path: '^packages/quant/',
        pathNot: ['^$1/$2/', ...frontDoors],
      },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'One adapter never imports another; what two share lies in <port>-kit.',
      severity: 'error',
      from: {
        path: '^packages/adapters/src/([^/]+)/([^/]+)/',
        pathNot: '^packages/adapters/src/database/',
      },
      to: {
        path: '^packages/adapters/src/[^/]+/[^/]+/',
        pathNot: ['^packages/adapters/src/$1/$2/', '^packages/adapters/src/[^/]+-kit/'],
      },
    },
    {
      name: 'the-database-is-one-adapter',
      comment: 'Both engines are one store; its folders know each other and no other adapter.',
      severity: 'error',
      from: { path: '^packages/adapters/src/database/' },
      to: { path: '^packages/adapters/src/', pathNot: '^packages/adapters/src/database/' },
    },
    {
      name: 'kits-know-no-adapter',
      comment: 'What adapters of a port share lies in <port>-kit and knows none of them.',
      severity: 'error',
      from: { path: '^packages/adapters/src/[^/]+-kit/', pathNot: tests },
      to: {
        path: '^packages/adapters/src/[^/]+/[^/]+/',
        pathNot: '^packages/adapters/src/[^/]+-kit/',
      },
    },
    {
      name: 'features-are-strangers',
      comment: 'A feature of the web app uses another only through its index.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: {
        path: '^apps/web/src/features/[^/]+/',
        pathNot: ['^apps/web/src/features/$1/', '/index\\.tsx?$'],
      },
    },
    {
      name: 'only-the-composition-root-knows-adapters',
      comment: 'Everything else takes the port; tests and benches may pick an adapter.',
      severity: 'error',
      from: {
        path: '^(?:packages|apps|examples)/',
        pathNot: ['^packages/adapters/', '^apps/plimsoll/src/(?:(?:compose|worker)\\.ts$|(?:remote|live)/)', tests],
      },
      to: { path: '^packages/adapters/' },
    },
    {
      name: 'test-code-stays-in-tests',
      comment: 'The testkit and the conformance kits are for tests.',
      severity: 'error',
      from: { path: '^(?:packages|apps|examples)/', pathNot: testOnly },
      to: { path: '^packages/(?:testkit|ports/src/conformance)/' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'Nothing imports a test file.',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that import each other are one module; find what both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
