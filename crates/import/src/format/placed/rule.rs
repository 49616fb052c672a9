//! The lines drawn on a page that may belong to tables.

/// Shortest line, in points.
const SHORT: f32 = 0.5;

/// A point of a page.
pub(super) type Point = (f32, f32);

/// A straight line, level or upright, from its lesser to its greater end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Rule {
    /// True if it runs from left to right.
    pub(in super::super) level: bool,
    /// Its y if it is level, else its x.
    pub(in super::super) at: f32,
    pub(in super::super) from: f32,
    pub(in super::super) to: f32,
}

impl Rule {
    /// The line between two points, if it is level or upright.
    pub(in super::super) fn between(a: Point, b: Point) -> Option<Self> {
        let (wide, high) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
        let rule = |level, at: f32, from: f32, to: f32| Self {
            level,
            at,
            from: from.min(to),
            to: from.max(to),
        };
        if !(wide + high).is_finite() || wide.max(high) < SHORT {
            None
        } else if high <= wide * 0.01 {
            Some(rule(true, f32::midpoint(a.1, b.1), a.0, b.0))
        } else if wide <= high * 0.01 {
            Some(rule(false, f32::midpoint(a.0, b.0), a.1, b.1))
        } else {
            None
        }
    }
}
