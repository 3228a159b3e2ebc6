CREATE INDEX `shipment_items_returned_on_index` ON `shipment_items` (`returned_on`);
CREATE INDEX `shipments_shipped_at_ms_index` ON `shipments` (`shipped_at_ms`);
