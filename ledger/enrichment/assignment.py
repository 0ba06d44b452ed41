"""Pairs two sides one to one: as many pairs as possible, then the least cost (Hungarian method). Large groups go cheapest first."""

from __future__ import annotations

from collections.abc import Mapping

_ABSENT = 1_000_000  # dearer than any number of real pairs


def assign(costs: Mapping[tuple[int, int], int], *, exact_max: int) -> list[tuple[int, int]]:
    """The chosen edges of a bipartite group. Equal costs fall to the lower numbers."""
    lefts, rights = sorted({i for i, _ in costs}), sorted({j for _, j in costs})
    if len(costs) == 1:
        return list(costs)
    if max(len(lefts), len(rights)) > exact_max:
        return _cheapest_first(costs)
    size = max(len(lefts), len(rights))
    matrix = [[_ABSENT] * size for _ in range(size)]
    for row, i in enumerate(lefts):
        for column, j in enumerate(rights):
            if (cost := costs.get((i, j))) is not None:
                matrix[row][column] = cost
    return [
        (lefts[row], rights[column])
        for row, column in _hungarian(matrix)
        if row < len(lefts) and column < len(rights) and (lefts[row], rights[column]) in costs
    ]


def _cheapest_first(costs: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen = []
    for i, j in sorted(costs, key=lambda edge: (costs[edge], edge)):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            chosen.append((i, j))
    return chosen


def _hungarian(matrix: list[list[int]]) -> list[tuple[int, int]]:
    """Kuhn-Munkres with potentials on a square matrix: (row, column) of the least total."""
    size = len(matrix)
    row_potential, column_potential = [0] * (size + 1), [0] * (size + 1)
    row_of, way = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0] = row
        column = 0
        least = [_ABSENT * 1000] * (size + 1)
        done = [False] * (size + 1)
        while row_of[column]:
            done[column] = True
            here, delta, following = row_of[column], _ABSENT * 1000, 0
            for j in range(1, size + 1):
                if done[j]:
                    continue
                slack = matrix[here - 1][j - 1] - row_potential[here] - column_potential[j]
                if slack < least[j]:
                    least[j], way[j] = slack, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if done[j]:
                    row_potential[row_of[j]] += delta
                    column_potential[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return [(row_of[j] - 1, j - 1) for j in range(1, size + 1)]
