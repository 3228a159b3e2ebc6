CREATE INDEX `order_movements_plant_id_quantity_occurred_at_ms_work_center_id_movement_type_index` ON `order_movements` (`plant_id`,`quantity`,`occurred_at_ms`,`work_center_id`,`movement_type`);
DROP TRIGGER movement_days_insert;
DROP TRIGGER movement_days_delete;
DROP TRIGGER movement_days_update;
DROP TRIGGER movement_days_zone;
DROP TRIGGER movement_days_plant;
DROP VIEW movement_day_sums;
DROP TABLE movement_days;
CREATE TABLE movement_days (
	plant_id text NOT NULL,
	day text NOT NULL,
	work_center_id text NOT NULL,
	user_id text NOT NULL,
	in_rows integer NOT NULL,
	in_quantity integer NOT NULL,
	out_rows integer NOT NULL,
	out_quantity integer NOT NULL,
	PRIMARY KEY (plant_id, day, work_center_id, user_id)
) WITHOUT ROWID;
CREATE VIEW movement_day_sums AS
SELECT m.plant_id, local_day(m.occurred_at_ms, p.timezone) AS day, m.work_center_id, m.user_id,
	sum(m.movement_type = 'IN') AS in_rows, sum(CASE m.movement_type WHEN 'IN' THEN m.quantity ELSE 0 END) AS in_quantity,
	sum(m.movement_type = 'OUT') AS out_rows, sum(CASE m.movement_type WHEN 'OUT' THEN m.quantity ELSE 0 END) AS out_quantity
FROM order_movements m LEFT JOIN plants p ON p.id = m.plant_id GROUP BY m.plant_id, 2, m.work_center_id, m.user_id;
INSERT INTO movement_days SELECT * FROM movement_day_sums;
CREATE TRIGGER movement_days_insert AFTER INSERT ON order_movements BEGIN
  INSERT INTO movement_days (plant_id, day, work_center_id, user_id, in_rows, in_quantity, out_rows, out_quantity)
  VALUES (NEW.plant_id, local_day(NEW.occurred_at_ms, (SELECT timezone FROM plants WHERE id = NEW.plant_id)), NEW.work_center_id, NEW.user_id,
    NEW.movement_type = 'IN', CASE NEW.movement_type WHEN 'IN' THEN NEW.quantity ELSE 0 END, NEW.movement_type = 'OUT', CASE NEW.movement_type WHEN 'OUT' THEN NEW.quantity ELSE 0 END)
  ON CONFLICT (plant_id, day, work_center_id, user_id) DO UPDATE SET
    in_rows = in_rows + excluded.in_rows, in_quantity = in_quantity + excluded.in_quantity,
    out_rows = out_rows + excluded.out_rows, out_quantity = out_quantity + excluded.out_quantity;
END;
CREATE TRIGGER movement_days_delete AFTER DELETE ON order_movements BEGIN
  UPDATE movement_days SET
    in_rows = in_rows - (OLD.movement_type = 'IN'), in_quantity = in_quantity - CASE OLD.movement_type WHEN 'IN' THEN OLD.quantity ELSE 0 END,
    out_rows = out_rows - (OLD.movement_type = 'OUT'), out_quantity = out_quantity - CASE OLD.movement_type WHEN 'OUT' THEN OLD.quantity ELSE 0 END
  WHERE plant_id = OLD.plant_id AND work_center_id = OLD.work_center_id AND user_id = OLD.user_id
    AND day = local_day(OLD.occurred_at_ms, (SELECT timezone FROM plants WHERE id = OLD.plant_id));
  DELETE FROM movement_days WHERE in_rows + out_rows = 0 AND plant_id = OLD.plant_id AND work_center_id = OLD.work_center_id AND user_id = OLD.user_id
    AND day = local_day(OLD.occurred_at_ms, (SELECT timezone FROM plants WHERE id = OLD.plant_id));
END;
CREATE TRIGGER movement_days_update AFTER UPDATE OF plant_id, work_center_id, user_id, movement_type, quantity, occurred_at_ms ON order_movements BEGIN
  UPDATE movement_days SET
    in_rows = in_rows - (OLD.movement_type = 'IN'), in_quantity = in_quantity - CASE OLD.movement_type WHEN 'IN' THEN OLD.quantity ELSE 0 END,
    out_rows = out_rows - (OLD.movement_type = 'OUT'), out_quantity = out_quantity - CASE OLD.movement_type WHEN 'OUT' THEN OLD.quantity ELSE 0 END
  WHERE plant_id = OLD.plant_id AND work_center_id = OLD.work_center_id AND user_id = OLD.user_id
    AND day = local_day(OLD.occurred_at_ms, (SELECT timezone FROM plants WHERE id = OLD.plant_id));
  DELETE FROM movement_days WHERE in_rows + out_rows = 0 AND plant_id = OLD.plant_id AND work_center_id = OLD.work_center_id AND user_id = OLD.user_id
    AND day = local_day(OLD.occurred_at_ms, (SELECT timezone FROM plants WHERE id = OLD.plant_id));
  INSERT INTO movement_days (plant_id, day, work_center_id, user_id, in_rows, in_quantity, out_rows, out_quantity)
  VALUES (NEW.plant_id, local_day(NEW.occurred_at_ms, (SELECT timezone FROM plants WHERE id = NEW.plant_id)), NEW.work_center_id, NEW.user_id,
    NEW.movement_type = 'IN', CASE NEW.movement_type WHEN 'IN' THEN NEW.quantity ELSE 0 END, NEW.movement_type = 'OUT', CASE NEW.movement_type WHEN 'OUT' THEN NEW.quantity ELSE 0 END)
  ON CONFLICT (plant_id, day, work_center_id, user_id) DO UPDATE SET
    in_rows = in_rows + excluded.in_rows, in_quantity = in_quantity + excluded.in_quantity,
    out_rows = out_rows + excluded.out_rows, out_quantity = out_quantity + excluded.out_quantity;
END;
CREATE TRIGGER movement_days_zone AFTER UPDATE OF timezone ON plants WHEN OLD.timezone <> NEW.timezone BEGIN
  DELETE FROM movement_days WHERE plant_id = NEW.id;
  INSERT INTO movement_days SELECT * FROM movement_day_sums WHERE plant_id = NEW.id;
END;
CREATE TRIGGER movement_days_plant AFTER INSERT ON plants BEGIN
  DELETE FROM movement_days WHERE plant_id = NEW.id;
  INSERT INTO movement_days SELECT * FROM movement_day_sums WHERE plant_id = NEW.id;
END;
