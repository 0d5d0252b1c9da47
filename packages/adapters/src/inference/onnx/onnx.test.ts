import { inferenceConformance } from '@plimsoll/ports/conformance';
import { onnx } from './index.ts';

inferenceConformance(onnx);
