//! Transformations of the plane (ISO 32000-1, 8.3.3).

/// `[a, b, c, d, e, f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Matrix(pub(in super::super) [f32; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    /// A shift.
    pub(in super::super) const fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `outer`.
    pub(in super::super) fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], o) = (self.0, outer.0);
        Self([
            a * o[0] + b * o[2],
            a * o[1] + b * o[3],
            c * o[0] + d * o[2],
            c * o[1] + d * o[3],
            e * o[0] + f * o[2] + o[4],
            e * o[1] + f * o[3] + o[5],
        ])
    }

    /// Where the origin comes to stand.
    pub(in super::super) const fn origin(self) -> (f32, f32) {
        (self.0[4], self.0[5])
    }

    /// Where a point comes to stand.
    pub(in super::super) fn point(self, (x, y): (f32, f32)) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long and how high a unit becomes.
    pub(in super::super) fn scale(self) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }

    /// Quarter turns to the left that a line of text has made; `None` if it stands askew.
    pub(in super::super) fn quarters(self) -> Option<usize> {
        let [a, b, ..] = self.0;
        let askew = a.hypot(b) * 0.05;
        if b.abs() <= askew {
            Some(if a >= 0.0 { 0 } else { 2 })
        } else if a.abs() <= askew {
            Some(if b > 0.0 { 1 } else { 3 })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_follow_each_other() {
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let moved = Matrix::shift(10.0, 0.0).then(turned);
        assert_eq!(moved.origin(), (0.0, 10.0));
        assert_eq!(moved.quarters(), Some(1));
        assert_eq!(moved.point((1.0, 2.0)), (-2.0, 11.0));
        assert_eq!(turned.then(turned).quarters(), Some(2));
        let askew = Matrix([0.7, 0.7, -0.7, 0.7, 0.0, 0.0]);
        assert_eq!(askew.quarters(), None);
        assert_eq!(Matrix([2.0, 0.0, 0.0, 3.0, 1.0, 1.0]).scale(), (2.0, 3.0));
    }
}
