export { type OptionChainParameters, optionChainParameters } from './chain-parameters.ts';
export { type ModelChain, modelChain } from './model-chain.ts';
