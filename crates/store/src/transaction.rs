//! Transactions over sqlx. Each database has transactions, arguments and rows of types of their own; what is
//! done with them is the same and is written once.

/// `$transaction`: a [`Transaction`](crate::database::Transaction) of the database `$of`, whose whole numbers
/// and bytes have these types.
macro_rules! transaction {
    ($transaction:ident of $of:ident, $arguments:ty, $row:ty, $column:ty, $integers:literal, $bytes:literal) => {
        struct $transaction(sqlx::Transaction<'static, $of>);

        /// The statement with its values.
        fn bound(
            sql: &'static str,
            values: Vec<Value>,
        ) -> sqlx::query::Query<'static, $of, $arguments> {
            values
                .into_iter()
                .fold(sqlx::query(sql), |query, value| match value {
                    Value::Int(number) => query.bind(number),
                    Value::Text(text) => query.bind(text),
                    Value::Bytes(bytes) => query.bind(bytes),
                })
        }

        impl Transaction for $transaction {
            fn execute<'a>(
                &'a mut self,
                sql: &'static str,
                values: Vec<Value>,
            ) -> BoxFuture<'a, Result<u64, StoreError>> {
                Box::pin(async move {
                    let done = bound(sql, values).execute(&mut *self.0).await?;
                    Ok(done.rows_affected())
                })
            }

            fn query<'a>(
                &'a mut self,
                sql: &'static str,
                values: Vec<Value>,
            ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
                Box::pin(async move {
                    let rows = bound(sql, values).fetch_all(&mut *self.0).await?;
                    rows.iter().map(read).collect()
                })
            }

            fn commit(self: Box<Self>) -> BoxFuture<'static, Result<(), StoreError>> {
                Box::pin(async move { Ok(self.0.commit().await?) })
            }
        }

        /// By the type of each value: a column of SQLite has none of its own.
        fn read(row: &$row) -> Result<Row, StoreError> {
            let value = |(at, column): (usize, &$column)| -> Result<Value, StoreError> {
                let raw = row.try_get_raw(at)?;
                // A NULL is of the type of its column, so that it can be written to the other database.
                let kind = if raw.is_null() {
                    column.type_info().name().to_owned()
                } else {
                    raw.type_info().name().to_owned()
                };
                Ok(match kind.as_str() {
                    $integers => Value::Int(row.try_get(at)?),
                    $bytes => Value::Bytes(row.try_get(at)?),
                    _ => Value::Text(row.try_get(at)?),
                })
            };
            let columns = row.columns().iter().enumerate();
            Ok(Row(columns.map(value).collect::<Result<_, _>>()?))
        }
    };
}
pub(crate) use transaction;
