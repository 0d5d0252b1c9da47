export { LivePrice } from './LazyLivePrice.tsx';
