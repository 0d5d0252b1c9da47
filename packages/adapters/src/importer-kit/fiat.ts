const fiatCodes: ReadonlySet<string> = new Set(
  (
    'AED AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW ' +
    'MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR'
  ).split(' '),
);

/** Whether the code is money of a state rather than a coin: crypto exchanges list both alike. */
export const isFiat = (code: string): boolean => fiatCodes.has(code);
