"""What keeps tests from this machine while they are verified."""

from redfirst.project.sandbox.launch import Launch, Sandbox
from redfirst.project.sandbox.level import Level

__all__ = ["Launch", "Level", "Sandbox"]
