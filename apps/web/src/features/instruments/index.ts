export { InstrumentPicker } from './InstrumentPicker.tsx';
