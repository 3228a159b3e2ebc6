CREATE TABLE `movement_archives` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`order_number` text NOT NULL,
	`order_key` text NOT NULL,
	`work_center_id` text NOT NULL,
	`until_at_ms` integer NOT NULL,
	`movements` integer NOT NULL,
	`in_quantity` integer NOT NULL,
	`out_quantity` integer NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`work_center_id`) REFERENCES `work_centers`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `movement_archives_order_key_work_center_id_index` ON `movement_archives` (`order_key`,`work_center_id`);
CREATE INDEX `movement_archives_plant_id_index` ON `movement_archives` (`plant_id`);
CREATE INDEX `movement_archives_work_center_id_index` ON `movement_archives` (`work_center_id`);
CREATE TABLE `order_movements` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`order_number` text NOT NULL,
	`order_key` text NOT NULL,
	`work_center_id` text NOT NULL,
	`movement_type` text NOT NULL,
	`quantity` integer NOT NULL,
	`remark` text,
	`user_id` text NOT NULL,
	`occurred_at_ms` integer NOT NULL,
	`order_id` text,
	`source` text DEFAULT 'SCREEN' NOT NULL,
	`station_id` text NOT NULL,
	`corrects_id` text,
	`correction_reason` text,
	`flag` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`work_center_id`) REFERENCES `work_centers`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `order_movements_plant_id_occurred_at_ms_work_center_id_movement_type_quantity_index` ON `order_movements` (`plant_id`,`occurred_at_ms`,`work_center_id`,`movement_type`,`quantity`);
CREATE INDEX `order_movements_order_key_work_center_id_occurred_at_ms_movement_type_quantity_index` ON `order_movements` (`order_key`,`work_center_id`,`occurred_at_ms`,`movement_type`,`quantity`);
CREATE INDEX `order_movements_work_center_id_occurred_at_ms_index` ON `order_movements` (`work_center_id`,`occurred_at_ms`);
CREATE INDEX `order_movements_user_id_occurred_at_ms_index` ON `order_movements` (`user_id`,`occurred_at_ms`);
CREATE INDEX `order_movements_corrects_id_index` ON `order_movements` (`corrects_id`);
CREATE TABLE `work_center_departments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`work_center_id` text NOT NULL,
	`department_id` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`work_center_id`) REFERENCES `work_centers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`department_id`) REFERENCES `departments`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `work_center_departments_work_center_id_department_id_key` ON `work_center_departments` (`work_center_id`,`department_id`);
CREATE INDEX `work_center_departments_department_id_index` ON `work_center_departments` (`department_id`);
CREATE TABLE `work_centers` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`work_center_code` text NOT NULL,
	`work_center_name` text NOT NULL,
	`work_center_type` text DEFAULT 'ASSEMBLY' NOT NULL,
	`flow_position` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `work_centers_plant_id_work_center_code_key` ON `work_centers` (`plant_id`,`work_center_code`);
CREATE TABLE movement_totals (
	order_key text NOT NULL,
	work_center_id text NOT NULL,
	order_number text NOT NULL,
	in_quantity integer NOT NULL,
	out_quantity integer NOT NULL,
	in_rows integer NOT NULL,
	out_rows integer NOT NULL,
	last_at_ms integer NOT NULL,
	last_in_at_ms integer,
	archived_until_ms integer,
	PRIMARY KEY (order_key, work_center_id)
) WITHOUT ROWID;
CREATE INDEX movement_totals_archived_index ON movement_totals (archived_until_ms) WHERE archived_until_ms IS NOT NULL;
CREATE VIEW movement_sums AS
SELECT m.order_key, m.work_center_id, min(m.order_number) AS order_number,
	sum(CASE m.movement_type WHEN 'IN' THEN m.quantity ELSE 0 END) AS in_quantity,
	sum(CASE m.movement_type WHEN 'OUT' THEN m.quantity ELSE 0 END) AS out_quantity,
	sum(m.movement_type = 'IN') AS in_rows, sum(m.movement_type = 'OUT') AS out_rows,
	max(m.occurred_at_ms) AS last_at_ms, max(CASE m.movement_type WHEN 'IN' THEN m.occurred_at_ms END) AS last_in_at_ms,
	(SELECT max(a.until_at_ms) FROM movement_archives a WHERE a.order_key = m.order_key AND a.work_center_id = m.work_center_id) AS archived_until_ms
FROM order_movements m GROUP BY m.order_key, m.work_center_id;
CREATE TRIGGER movement_totals_insert AFTER INSERT ON order_movements BEGIN
  INSERT INTO movement_totals (order_key, work_center_id, order_number, in_quantity, out_quantity, in_rows, out_rows, last_at_ms, last_in_at_ms, archived_until_ms)
  VALUES (NEW.order_key, NEW.work_center_id, NEW.order_number,
    CASE NEW.movement_type WHEN 'IN' THEN NEW.quantity ELSE 0 END, CASE NEW.movement_type WHEN 'OUT' THEN NEW.quantity ELSE 0 END,
    NEW.movement_type = 'IN', NEW.movement_type = 'OUT', NEW.occurred_at_ms, CASE NEW.movement_type WHEN 'IN' THEN NEW.occurred_at_ms END,
    (SELECT max(a.until_at_ms) FROM movement_archives a WHERE a.order_key = NEW.order_key AND a.work_center_id = NEW.work_center_id))
  ON CONFLICT (order_key, work_center_id) DO UPDATE SET
    order_number = min(order_number, excluded.order_number),
    in_quantity = in_quantity + excluded.in_quantity, out_quantity = out_quantity + excluded.out_quantity,
    in_rows = in_rows + excluded.in_rows, out_rows = out_rows + excluded.out_rows,
    last_at_ms = max(last_at_ms, excluded.last_at_ms),
    last_in_at_ms = coalesce(max(last_in_at_ms, excluded.last_in_at_ms), last_in_at_ms, excluded.last_in_at_ms);
END;
CREATE TRIGGER movement_totals_delete AFTER DELETE ON order_movements BEGIN
  DELETE FROM movement_totals WHERE order_key = OLD.order_key AND work_center_id = OLD.work_center_id;
  INSERT INTO movement_totals SELECT order_key, work_center_id, order_number, in_quantity, out_quantity, in_rows, out_rows, last_at_ms, last_in_at_ms, archived_until_ms
    FROM movement_sums WHERE order_key = OLD.order_key AND work_center_id = OLD.work_center_id;
END;
CREATE TRIGGER movement_totals_update AFTER UPDATE OF order_number, order_key, work_center_id, movement_type, quantity, occurred_at_ms ON order_movements BEGIN
  DELETE FROM movement_totals WHERE order_key IN (OLD.order_key, NEW.order_key) AND work_center_id IN (OLD.work_center_id, NEW.work_center_id);
  INSERT INTO movement_totals SELECT order_key, work_center_id, order_number, in_quantity, out_quantity, in_rows, out_rows, last_at_ms, last_in_at_ms, archived_until_ms
    FROM movement_sums WHERE order_key IN (OLD.order_key, NEW.order_key) AND work_center_id IN (OLD.work_center_id, NEW.work_center_id);
END;
CREATE TRIGGER movement_totals_archive AFTER INSERT ON movement_archives BEGIN
  UPDATE movement_totals SET archived_until_ms = max(coalesce(archived_until_ms, 0), NEW.until_at_ms)
  WHERE order_key = NEW.order_key AND work_center_id = NEW.work_center_id;
END;
