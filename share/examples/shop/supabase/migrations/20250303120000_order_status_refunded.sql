-- Refunds. A new value may not be used in the transaction that adds it, so this file does nothing else.

alter type public.order_status add value 'refunded' after 'delivered';
alter type public.payment_status add value 'refunded';
