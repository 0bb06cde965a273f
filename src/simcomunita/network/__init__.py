"""The network: ties between citizens, memberships in shared foci, partnerships between organisations."""

from simcomunita.network.links import Links
from simcomunita.network.memberships import Memberships
from simcomunita.network.partnerships import Partnerships
from simcomunita.network.ties import FormedBy, TieKind, Ties, propose

__all__ = ["FormedBy", "Links", "Memberships", "Partnerships", "TieKind", "Ties", "propose"]
